"""What the peers are asked: NET's intervals in the main course, and how the answers are written."""

AS_OF = "2024-12-31"
DECISIONS = ["A39CK", "A39CM", "A39CA", "A39CI"]
TREATMENTS = ["A39FK", "A39FM", "A39FS", "A39FL", "A39FO", "A39FI"]
CODES = ["A39A", "A39S", "A39O", *DECISIONS, *TREATMENTS, "A39X"]
# Interval, treatment, from, to, the code that picks the treatment, limit in days.
MEASURES = [
    ("OF1", "", "a", "s", None, 14),
    ("OF2", "", "s", "c", None, 21),
    ("OF3", "kirurgi", "ck", "f", "A39FK", 21),
    ("OF3", "medikamentell", "ck", "f", "A39FM", 21),
    ("OF3", "stråle", "ck", "f", "A39FS", 21),
    ("OF4", "kirurgi", "a", "f", "A39FK", 56),
    ("OF4", "medikamentell", "a", "f", "A39FM", 56),
    ("OF4", "stråle", "a", "f", "A39FS", 56),
]


def name(interval, treatment):
    return f"{interval}_{treatment}" if treatment else interval


def print_counts(counts):
    """`counts`: for each measure the courses, those within the limit, and the median: the least number of days that half of
    the courses do not exceed."""
    print("interval,treatment,count,within,median")
    for (interval, treatment, *_), (count, within, median) in zip(MEASURES, counts):
        print(f"{interval},{treatment},{count},{within},{int(median or 0)}")

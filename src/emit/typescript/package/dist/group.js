/** The items by key, keys and items in the order they come. */
export function groupBy(items, key) {
    const groups = new Map();
    for (const item of items) {
        const group = groups.get(key(item));
        if (group) {
            group.push(item);
        }
        else {
            groups.set(key(item), [item]);
        }
    }
    return groups;
}

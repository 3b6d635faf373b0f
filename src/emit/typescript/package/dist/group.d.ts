/** The items by key, keys and items in the order they come. */
export declare function groupBy<K, T>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]>;

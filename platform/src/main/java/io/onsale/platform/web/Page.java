package io.onsale.platform.web;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list, as every list is answered.
 *
 * @param page from 0
 * @param totalElements in the whole list
 */
public record Page<T>(List<T> items, int page, int size, long totalElements) {
    /** Size where the caller names none. */
    public static final String DEFAULT_SIZE = "20";
    /** Largest size a caller may ask for. */
    public static final int MAX_SIZE = 100;
    /** Highest page a caller may ask for: who goes further should filter. */
    public static final int MAX_PAGE = 10_000;

    public Page {
        items = List.copyOf(items);
    }

    /** The same page of other things. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), page, size, totalElements);
    }
}

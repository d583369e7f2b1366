// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.plan;

/**
 * Something that could not be measured, or not so that it could be trusted.
 *
 * @param measurement name of the measurement
 * @param text a line: what was done, and what went wrong
 */
public record Failure(String measurement, String text) { }

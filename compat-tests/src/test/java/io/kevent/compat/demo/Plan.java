// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.demo;

/** What is run. Times in seconds. */
record Plan(int connections, int threads, int selectors, int rounds, int seconds, int warmUp, int countSeconds) { }

// SPDX-License-Identifier: Apache-2.0
/** What a measurement is: blocks of trials that are compared with each other, and the rounds in which they take turns. */
package io.kevent.bench.plan;

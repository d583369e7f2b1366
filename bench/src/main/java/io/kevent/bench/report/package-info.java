// SPDX-License-Identifier: Apache-2.0
/** What was measured, beside what was aimed at: as JSON, as a page with plots, and as a table. */
package io.kevent.bench.report;

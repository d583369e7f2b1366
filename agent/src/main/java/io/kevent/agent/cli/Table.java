// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, numbers to the right. The last column is cut where the line is full. */
final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /** With the heads of the columns; a blank before a head puts its column to the right. */
    Table(String... heads) {
        right = new boolean[heads.length];
        String[] row = new String[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(" ");
            row[i] = heads[i].strip();
        }
        rows.add(row);
    }

    void add(Object... cells) {
        String[] row = new String[right.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = String.valueOf(cells[i]);
        }
        rows.add(row);
    }

    List<String> lines() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String padding = " ".repeat(widths[i] - row[i].length());
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + row[i] : row[i] + padding);
        }
        return cut(line.toString().stripTrailing());
    }

    /** A line that fits. */
    static String cut(String line) {
        return line.length() <= Main.WIDTH ? line : line.substring(0, Main.WIDTH - 3) + "...";
    }
}

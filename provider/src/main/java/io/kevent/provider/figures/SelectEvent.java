// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** One select, from call to return. */
@Name("io.kevent.Select")
@Label("Select")
@Description("A call of a method that selects")
final class SelectEvent extends KeventEvent {
    @Label("Selected Keys")
    @Description("What the call returned")
    int selected;
}

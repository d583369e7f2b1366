// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A spin, when it is noticed. */
@Name("io.kevent.Spin")
@Label("Spin")
@Description("Many selects in a row came to nothing")
@StackTrace
final class SpinEvent extends KeventEvent {
    @Label("Run")
    @Description("How many selects came to nothing")
    int run;

    @Label("Cause")
    String cause;
}

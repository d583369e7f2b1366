// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** An event of a selector; recorded only where a recording enables it. */
@Category("kevent")
@Enabled(false)
@StackTrace(false)
abstract class KeventEvent extends Event {
    @Label("Selector")
    @Description("Number of the selector, as in its statistics")
    long selector;
}

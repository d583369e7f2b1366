// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** One wake-up. */
@Name("io.kevent.Wakeup")
@Label("Wake-up")
@Description("A call that ends a select; by an interrupt, too")
final class WakeupEvent extends KeventEvent { }

// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Link;

/** Under what a behaviour is looked at: the kind of channel, the form of select, and an option that may make no difference where one selector watches. */
enum Setting {

    TCP(Link.Kind.TCP, SelectForm.KEY_SET, 0),
    TCP_BY_ACTION(Link.Kind.TCP, SelectForm.ACTION, 0),
    TCP_WAKE_ONE(Link.Kind.TCP, SelectForm.KEY_SET, KeventOps.OP_WAKE_ONE),
    UNIX(Link.Kind.UNIX, SelectForm.KEY_SET, 0),
    UNIX_BY_ACTION(Link.Kind.UNIX, SelectForm.ACTION, 0),
    UNIX_WAKE_ONE(Link.Kind.UNIX, SelectForm.KEY_SET, KeventOps.OP_WAKE_ONE),
    UDP(Link.Kind.UDP, SelectForm.KEY_SET, 0),
    UDP_BY_ACTION(Link.Kind.UDP, SelectForm.ACTION, 0),
    UDP_WAKE_ONE(Link.Kind.UDP, SelectForm.KEY_SET, KeventOps.OP_WAKE_ONE),
    PIPE(Link.Kind.PIPE, SelectForm.KEY_SET, 0),
    PIPE_BY_ACTION(Link.Kind.PIPE, SelectForm.ACTION, 0),
    PIPE_WAKE_ONE(Link.Kind.PIPE, SelectForm.KEY_SET, KeventOps.OP_WAKE_ONE);

    final Link.Kind kind;
    final SelectForm form;
    final int option;

    Setting(Link.Kind kind, SelectForm form, int option) {
        this.kind = kind;
        this.form = form;
        this.option = option;
    }
}

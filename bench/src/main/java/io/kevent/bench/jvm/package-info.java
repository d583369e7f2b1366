// SPDX-License-Identifier: Apache-2.0
/** JVMs of their own: started as a subject, told what to do, listened to, and watched by strace. */
package io.kevent.bench.jvm;

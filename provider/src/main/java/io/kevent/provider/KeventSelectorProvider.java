// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider;

import io.kevent.provider.kernel.JdkChannels;
import io.kevent.provider.kernel.JdkKernel;
import io.kevent.provider.kernel.JdkProvider;
import io.kevent.provider.selector.KeventSelector;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The provider to install: the JDK's channels, and selectors on the kevent core.
 *
 * <pre>{@code
 * java -Djava.nio.channels.spi.SelectorProvider=io.kevent.provider.KeventSelectorProvider \
 *      --add-opens=java.base/sun.nio.ch=ALL-UNNAMED ...
 * }</pre>
 *
 * <p>Channels and selectors that it opens answer it as their {@link SelectorProvider}. Where kevent cannot run (not Linux, or a JDK whose internals it
 * does not know) the JDK's own provider does everything, and a log line says so. Any thread may use it.
 */
public final class KeventSelectorProvider extends SelectorProvider {

    private static final StackWalker STACK = StackWalker.getInstance();

    /** Does everything in place of this provider; null where kevent runs. */
    private final SelectorProvider fallback;

    private final boolean acceptWakesOne;

    /** Whether the code of a class gets kevent's selectors; null if all does. */
    private final Predicate<String> serves;

    private final AtomicReference<Runnable> onNextSelector = new AtomicReference<>();

    private volatile boolean retired;

    /**
     * Called by {@link SelectorProvider#provider()}.
     *
     * @throws IllegalStateException if the JVM was started without the {@code --add-opens} flag that the message names
     */
    public KeventSelectorProvider() {
        this(Environment.fallback(), false, null);
    }

    /**
     * For installers that let their user choose.
     *
     * @param acceptWakesOne whether {@code OP_ACCEPT} is wake-one in all selectors ({@link io.kevent.KeventOps#OP_WAKE_ONE}), though no interest set says so
     * @param serves whether the code of the class with a given name gets a selector of kevent when it opens one, or one of the JDK's; {@code null} if all
     *     code gets one of kevent
     * @throws IllegalStateException if kevent cannot run here, for the reason that the message tells; nothing is logged
     */
    public KeventSelectorProvider(boolean acceptWakesOne, Predicate<String> serves) {
        this(null, acceptWakesOne, serves);
        String obstacle = Environment.obstacle();
        if (obstacle != null) {
            throw new IllegalStateException(obstacle);
        }
    }

    private KeventSelectorProvider(SelectorProvider fallback, boolean acceptWakesOne, Predicate<String> serves) {
        this.fallback = fallback;
        this.acceptWakesOne = acceptWakesOne;
        this.serves = serves;
    }

    /**
     * Has an action run once, when a selector of kevent is opened: by the thread that opens it, before it does. The action takes the place of one that has
     * not run yet. Any thread.
     *
     * @param action the action, which must not throw; null for none
     */
    public void onNextSelector(Runnable action) {
        onNextSelector.set(action);
    }

    /**
     * For installers that take kevent off again: whoever keeps this provider, or a channel that it opened, gets the JDK's selectors from now on. Those of
     * kevent that are open stay as they are, and an action that has not run yet ({@link #onNextSelector}) is dropped. There is no way back. Any thread.
     */
    public void retire() {
        retired = true;
        onNextSelector(null);
    }

    /**
     * Tells whether it opens the JDK's selectors only. Any thread.
     *
     * @return whether {@link #retire} was called
     */
    public boolean isRetired() {
        return retired;
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return fallback != null ? fallback.openDatagramChannel() : JdkChannels.openDatagram(this);
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return fallback != null ? fallback.openDatagramChannel(family) : JdkChannels.openDatagram(this, family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return fallback != null ? fallback.openPipe() : JdkChannels.openPipe(this);
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        if (fallback != null) {
            return fallback.openSelector();
        }
        if (retired || serves != null && !serves.test(opener())) {
            return JdkChannels.openSelector(this);
        }
        if (onNextSelector.getAcquire() != null) {
            runOnce();
        }
        return new KeventSelector(this, JdkKernel.INSTANCE, acceptWakesOne);
    }

    private void runOnce() {
        // gone before it runs: it may open a selector itself
        Runnable action = onNextSelector.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** The first class on the stack that is neither of this provider nor of {@code java.nio}. */
    private static String opener() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .filter(name -> !name.startsWith("java.nio.") && !name.equals(KeventSelectorProvider.class.getName()))
                .findFirst().orElse(""));
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return fallback != null ? fallback.openServerSocketChannel() : JdkChannels.openServerSocket(this);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return fallback != null ? fallback.openServerSocketChannel(family) : JdkChannels.openServerSocket(this, family);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return fallback != null ? fallback.openSocketChannel() : JdkChannels.openSocket(this);
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return fallback != null ? fallback.openSocketChannel(family) : JdkChannels.openSocket(this, family);
    }

    @Override
    public Channel inheritedChannel() throws IOException {
        // the JDK makes this channel in the name of the installed provider
        return JdkProvider.get().inheritedChannel();
    }
}

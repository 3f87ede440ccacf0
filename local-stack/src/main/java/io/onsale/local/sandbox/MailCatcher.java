package io.onsale.local.sandbox;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An SMTP server that takes every mail and sends none on. It remembers the latest {@value #KEPT}, in memory. */
final class MailCatcher implements AutoCloseable {

    private static final int KEPT = 1000;

    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private final GreenMail server;

    MailCatcher(String host, int port) {
        server = new GreenMail(new ServerSetup(port, host, ServerSetup.PROTOCOL_SMTP));
        server.getUserManager().setMessageDeliveryHandler((message, recipient) -> new Box(recipient));
        server.start();
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** Newest first; those to one address where one is given. */
    List<CaughtMail> mails(String to) {
        synchronized (mails) {
            return mails.stream()
                    .filter(mail -> to.isEmpty() || mail.to().equalsIgnoreCase(to))
                    .toList();
        }
    }

    void forget() {
        synchronized (mails) {
            mails.clear();
        }
    }

    private void keep(CaughtMail mail) {
        synchronized (mails) {
            mails.addFirst(mail);
            if (mails.size() > KEPT) {
                mails.removeLast();
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Everybody has a mailbox here, and all of them are this one. */
    private final class Box implements GreenMailUser {

        private final MailAddress address;

        Box(MailAddress address) {
            this.address = address;
        }

        @Override
        public void deliver(MovingMessage message) {
            deliver(message.getMessage());
        }

        @Override
        public void deliver(MimeMessage message) {
            try {
                keep(CaughtMail.of(message, address.getEmail()));
            } catch (MessagingException | IOException e) {
                System.err.println("sandbox: a mail cannot be read: " + e.getMessage());
            }
        }

        @Override
        public String getEmail() {
            return address.getEmail();
        }

        @Override
        public String getLogin() {
            return address.getEmail();
        }

        @Override
        public String getQualifiedMailboxName() {
            return address.getEmail();
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public void setPassword(String password) {}

        @Override
        public void create() {}

        @Override
        public void delete() {}

        @Override
        public void authenticate(String password) {}
    }
}

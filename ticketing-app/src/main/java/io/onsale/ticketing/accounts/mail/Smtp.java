package io.onsale.ticketing.accounts.mail;

import io.onsale.ticketing.accounts.mail.Texts.Written;
import io.onsale.ticketing.accounts.model.EmailAddress;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Hands letters to the mail server, on a few threads beside the event loops. Each step there has a time-out ({@code spring.mail}). */
@Component
class Smtp implements DisposableBean {
    private static final int IDLE_SECONDS = 60;

    private final JavaMailSender sender;
    private final InternetAddress from;
    private final Scheduler threads;
    private final Clock clock;

    Smtp(JavaMailSender sender, MailSettings settings, Clock clock) throws AddressException {
        this.sender = sender;
        this.from = new InternetAddress(settings.from(), true);
        this.threads = Schedulers.newBoundedElastic(
                settings.connections(), Math.max(1, settings.batch()), "mail", IDLE_SECONDS, true);
        this.clock = clock;
    }

    /** Done when the mail server has taken responsibility; the same id twice is the same letter to the recipient's server. */
    Mono<Void> send(UUID id, EmailAddress to, Written letter) {
        return Mono.fromCallable(() -> message(id, to, letter))
                .doOnNext(sender::send)
                .subscribeOn(threads)
                .then();
    }

    private MimeMessage message(UUID id, EmailAddress to, Written letter) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to.value(), true));
        message.setSubject(letter.subject(), "UTF-8");
        message.setText(letter.text(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Message-ID", "<" + id + "@" + from.getAddress().replaceFirst(".*@", "") + ">");
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}

package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

/**
 * A mail that somebody sent, read at once so that only its text stays in memory.
 *
 * @param id its Message-ID: the same when it is sent twice
 * @param to the recipient of the envelope
 */
record CaughtMail(String id, Instant receivedAt, String from, String to, String subject, String text) {

    static CaughtMail of(MimeMessage message, String to) throws MessagingException, IOException {
        return new CaughtMail(
                Objects.requireNonNullElse(message.getMessageID(), ""),
                Instant.now(),
                message.getFrom() == null ? "" : message.getFrom()[0].toString(),
                to,
                Objects.requireNonNullElse(message.getSubject(), ""),
                text(message));
    }

    /** The first part that is text. */
    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart body = parts.getBodyPart(i);
                if (body.isMimeType("text/*") || body.isMimeType("multipart/*")) {
                    return text(body);
                }
            }
            return "";
        }
        return content instanceof String text ? text.replace("\r\n", "\n").strip() : "";
    }

    ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("receivedAt", receivedAt.toString())
                .put("from", from)
                .put("to", to)
                .put("subject", subject)
                .put("text", text);
    }
}

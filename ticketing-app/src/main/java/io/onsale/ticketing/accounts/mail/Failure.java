package io.onsale.ticketing.accounts.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/**
 * Why a letter could not be sent. Messages of mail servers repeat addresses, so only the kind of failure is told.
 *
 * @param permanent trying again cannot help (RFC 5321, 4.2.1: 5yz)
 */
record Failure(String reason, boolean permanent) {

    static Failure of(Throwable thrown) {
        Failure worst = new Failure(thrown.getClass().getSimpleName(), false);
        for (Throwable cause = thrown; cause != null; cause = next(cause)) {
            int code = replyCode(cause);
            if (code != 0) {
                return new Failure("SMTP " + code, code >= 500);
            }
            worst = new Failure(cause.getClass().getSimpleName(), cause instanceof AddressException);
        }
        return worst;
    }

    private static int replyCode(Throwable thrown) {
        if (thrown instanceof SMTPAddressFailedException refused) {
            return refused.getReturnCode();
        }
        if (thrown instanceof SMTPSenderFailedException refused) {
            return refused.getReturnCode();
        }
        return thrown instanceof SMTPSendFailedException refused ? refused.getReturnCode() : 0;
    }

    private static @Nullable Throwable next(Throwable thrown) {
        if (thrown instanceof MailSendException several && several.getMessageExceptions().length > 0) {
            return several.getMessageExceptions()[0];
        }
        if (thrown instanceof MessagingException chained && chained.getNextException() != null) {
            return chained.getNextException();
        }
        return thrown.getCause();
    }
}

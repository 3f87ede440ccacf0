package io.onsale.ticketing.accounts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.ConnectException;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.Test;
import org.springframework.mail.MailSendException;

class FailureTest {

    @Test
    void whatTheServerRefusesForGoodIsPermanentAndTheAddressIsNotTold() throws AddressException {
        assertThat(Failure.of(refused(550))).isEqualTo(new Failure("SMTP 550", true));
        assertThat(Failure.of(new AddressException("bad", "someone@example.com")))
                .isEqualTo(new Failure("AddressException", true));
    }

    @Test
    void whatMayPassIsNotPermanent() throws AddressException {
        assertThat(Failure.of(refused(451))).isEqualTo(new Failure("SMTP 451", false));
        assertThat(Failure.of(new MailSendException(
                        "someone@example.com",
                        new MessagingException("no connection", new ConnectException("someone@example.com")))))
                .isEqualTo(new Failure("ConnectException", false));
    }

    /** As Angus and Spring nest it. */
    private static MailSendException refused(int code) throws AddressException {
        var address = new SMTPAddressFailedException(
                new InternetAddress("someone@example.com"), "RCPT TO", code, code + " <someone@example.com>");
        return new MailSendException(Map.of("message", new SendFailedException("Invalid Addresses", address)));
    }
}

package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was mailed: {@code GET /mails[?to=address]} as a page or as JSON, newest first; {@code DELETE /mails} forgets it. */
final class MailApi {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>]+");

    private final MailCatcher catcher;

    MailApi(MailCatcher catcher) {
        this.catcher = catcher;
    }

    Answer answer(Call call) {
        if (call.path().length > 1) {
            return Refusal.portOneAnswer(404, "NOT_FOUND", "no such call: " + call.method() + " " + call.pathText());
        }
        return switch (call.method()) {
            case "GET" -> list(call);
            case "DELETE" -> {
                catcher.forget();
                yield Answer.json(200, Json.object());
            }
            default -> Refusal.portOneAnswer(405, "METHOD_NOT_ALLOWED", "GET or DELETE");
        };
    }

    private Answer list(Call call) {
        List<CaughtMail> mails = catcher.mails(call.query().getOrDefault("to", ""));
        return call.fromBrowser() ? page(mails) : json(mails);
    }

    private static Answer json(List<CaughtMail> mails) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        mails.forEach(mail -> items.add(mail.json()));
        return Answer.json(200, body);
    }

    private static Answer page(List<CaughtMail> mails) {
        String list = mails.stream().map(MailApi::article).collect(Collectors.joining());
        String nothing = "<p>아직 메일이 없습니다. No mail yet.</p>";
        return Answer.html(200, Pages.template("mails.html").replace("{mails}", list.isEmpty() ? nothing : list));
    }

    private static String article(CaughtMail mail) {
        return """
                <article><h2>%s</h2><p class="meta">%s → %s · %s</p><pre>%s</pre></article>
                """.formatted(
                        Pages.escape(mail.subject()),
                        Pages.escape(mail.from()),
                        Pages.escape(mail.to()),
                        mail.receivedAt(),
                        LINK.matcher(Pages.escape(mail.text())).replaceAll("<a href=\"$0\">$0</a>"));
    }
}

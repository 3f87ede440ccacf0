package io.onsale.ticketing.accounts.signin;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.AccountsProblem;
import io.onsale.ticketing.accounts.crypto.SealedCookie;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Visit;
import io.onsale.ticketing.accounts.postgres.CredentialRows;
import io.onsale.ticketing.accounts.postgres.Logins;
import io.onsale.ticketing.accounts.postgres.SocialLogins;
import io.onsale.ticketing.accounts.postgres.Users;
import io.onsale.ticketing.accounts.provider.SocialClient;
import io.onsale.ticketing.accounts.provider.SocialClient.SocialRequest;
import io.onsale.ticketing.accounts.provider.SocialProvider;
import io.onsale.ticketing.accounts.provider.SocialProvider.SocialProfile;
import io.onsale.ticketing.accounts.redis.OneTimeCodes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Logging in with an account elsewhere. An existing account is linked only when the provider has verified the e-mail address and so
 * have we: else whoever signed up first with somebody's address would get their log-ins.
 */
@Service
public class SocialLogin {
    /** How long a person may take at the provider. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final String PURPOSE = "oauth2";
    private static final int MAX_NAME = 60;

    private final SocialClient client;
    private final SealedCookie cookies;
    private final SocialLogins links;
    private final Users users;
    private final CredentialRows credentials;
    private final Logins logins;
    private final OneTimeCodes codes;
    private final Sessions sessions;
    private final AccountEvents events;
    private final TransactionalOperator transaction;
    private final Clock clock;

    SocialLogin(
            SocialClient client,
            SealedCookie cookies,
            SocialLogins links,
            Users users,
            CredentialRows credentials,
            Logins logins,
            OneTimeCodes codes,
            Sessions sessions,
            AccountEvents events,
            TransactionalOperator transaction,
            Clock clock) {
        this.client = client;
        this.cookies = cookies;
        this.links = links;
        this.users = users;
        this.credentials = credentials;
        this.logins = logins;
        this.codes = codes;
        this.sessions = sessions;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Where to send the browser, with which cookie; {@code NOT_FOUND} when this shop is not registered there. */
    public Start start(String providerName) {
        SocialProvider provider = provider(providerName);
        SocialRequest request = new SocialRequest(
                provider, SealedCookie.randomWord(), SealedCookie.randomWord(), SealedCookie.randomWord());
        String words = String.join(" ", provider.path(), request.state(), request.nonce(), request.verifier());
        return new Start(
                client.authorizeUri(request, SealedCookie.digest(request.verifier())),
                cookies.seal(PURPOSE, words, PATIENCE));
    }

    /** A one-time code for the person who came back; {@code SOCIAL_DENIED} when it is not the browser that left. */
    public Mono<String> complete(String providerName, String code, String state, String cookie, Language language) {
        return Mono.fromSupplier(() -> request(provider(providerName), state, cookie))
                .flatMap(request -> client.profile(request, code)
                        .flatMap(profile ->
                                account(request.provider(), profile, language).as(transaction::transactional)))
                .flatMap(userId -> codes.give("oauth2", userId, CODE_LIFE));
    }

    /** Swaps the one-time code for a session on this device. */
    public Mono<Sessions.Tokens> swap(String code, Visit visit) {
        return codes.take("oauth2", code)
                .flatMap(credentials::find)
                .switchIfEmpty(
                        Mono.error(Problem.of(AccountsProblem.CODE_INVALID).asException()))
                .flatMap(user -> logins.record(user.id(), visit, "SOCIAL", true, clock.instant())
                        .then(users.loggedIn(user.id(), clock.instant()))
                        .then(sessions.open(user.id(), user.role(), visit))
                        .as(transaction::transactional));
    }

    /** The page that is waiting for the browser. */
    public URI returnUrl() {
        return client.returnUrl();
    }

    private Mono<UUID> account(SocialProvider provider, SocialProfile profile, Language language) {
        return links.find(provider.name(), profile.subject())
                .map(CredentialRows.Credentials::id)
                .switchIfEmpty(Mono.defer(() -> link(provider, profile, language)));
    }

    private Mono<UUID> link(SocialProvider provider, SocialProfile profile, Language language) {
        boolean vouched = profile.emailVerified() && !profile.email().isBlank();
        Mono<Account> known = vouched ? users.find(EmailAddress.of(profile.email())) : Mono.empty();
        return known.flatMap(account -> account.emailVerified()
                        ? Mono.just(account.id())
                        : Mono.<UUID>error(
                                Problem.of(AccountsProblem.SOCIAL_EMAIL_TAKEN).asException()))
                .switchIfEmpty(Mono.defer(() -> register(profile, vouched, language)))
                .delayUntil(id -> links.link(provider.name(), profile.subject(), id, clock.instant()));
    }

    private Mono<UUID> register(SocialProfile profile, boolean vouched, Language language) {
        String name = profile.name().replaceAll("\\p{Cntrl}", " ").strip();
        Users.NewUser user = new Users.NewUser(
                Ids.nextUuid(),
                vouched ? EmailAddress.of(profile.email()) : null,
                vouched,
                name.substring(0, Math.min(MAX_NAME, name.length())),
                null,
                null,
                null,
                null,
                language,
                clock.instant());
        return users.insert(user)
                .flatMap(isNew -> isNew
                        ? events.registered(user.id(), Role.BUYER).thenReturn(user.id())
                        : Mono.error(Problem.of(CommonProblem.CONFLICT).asException()));
    }

    private SocialRequest request(SocialProvider provider, String state, String cookie) {
        String[] words =
                cookies.open(PURPOSE, cookie).map(text -> text.split(" ", -1)).orElse(new String[0]);
        if (words.length != 4 || !words[0].equals(provider.path()) || !words[1].equals(state)) {
            throw Problem.of(AccountsProblem.SOCIAL_DENIED).asException();
        }
        return new SocialRequest(provider, words[1], words[2], words[3]);
    }

    private SocialProvider provider(String name) {
        return SocialProvider.named(name)
                .filter(client::offers)
                .orElseThrow(() -> Problem.of(CommonProblem.NOT_FOUND).asException());
    }

    /** Where to send the browser. */
    public record Start(URI location, String cookie) {}
}

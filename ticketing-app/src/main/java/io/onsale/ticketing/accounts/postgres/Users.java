package io.onsale.ticketing.accounts.postgres;

import static io.r2dbc.spi.Parameters.in;
import static io.r2dbc.spi.R2dbcType.VARBINARY;
import static io.r2dbc.spi.R2dbcType.VARCHAR;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.crypto.PersonalData;
import io.onsale.ticketing.accounts.model.Account;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.PhoneNumber;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Accounts. Personal columns are encrypted here; outside this class they exist only as model types. */
@Repository
public class Users {
    static final String EMAIL = "email";
    private static final String PHONE = "phone";
    private static final String IDENTITY = "ci";

    private final DatabaseClient db;
    private final PersonalData personal;

    Users(DatabaseClient db, PersonalData personal) {
        this.db = db;
        this.personal = personal;
    }

    /** Stores a new buyer; false when the e-mail address or the identity has an account. */
    public Mono<Boolean> insert(NewUser user) {
        return db.sql("""
                        insert into accounts.users
                            (id, email, email_hash, phone, phone_hash, name, password_hash, terms_version,
                             terms_accepted_at, created_at, email_verified, identity_hash, language, last_active_at)
                        values (:id, :email, :emailHash, :phone, :phoneHash, :name, :passwordHash, :termsVersion, :now, :now,
                                :emailVerified, :identity, :language, :now)
                        on conflict do nothing
                        """)
                .bind("id", user.id())
                .bind(
                        "email",
                        in(
                                VARBINARY,
                                user.email() == null
                                        ? null
                                        : personal.seal(
                                                EMAIL, user.id(), user.email().value())))
                .bind("emailHash", in(VARBINARY, user.email() == null ? null : emailIndex(user.email())))
                .bind("emailVerified", user.emailVerified())
                .bind("identity", in(VARBINARY, user.ci() == null ? null : personal.index(IDENTITY, user.ci())))
                .bind("phone", in(VARBINARY, sealed(user.id(), user.phone())))
                .bind("phoneHash", in(VARBINARY, phoneIndex(user.phone())))
                .bind("name", user.name())
                .bind("language", user.language().code())
                .bind("passwordHash", in(VARCHAR, user.passwordHash()))
                .bind("termsVersion", in(VARCHAR, user.termsVersion()))
                .bind("now", user.at())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** The account; empty when there is none or it was withdrawn. */
    public Mono<Account> find(UUID id) {
        return db.sql("select * from accounts.users where id = :id and status <> 'WITHDRAWN'")
                .bind("id", id)
                .map(this::account)
                .one();
    }

    /** Those of the accounts that are there and were not withdrawn. */
    public Flux<Account> find(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : db.sql("select * from accounts.users where id = any(:ids) and status <> 'WITHDRAWN'")
                        .bind("ids", ids.toArray(UUID[]::new))
                        .map(this::account)
                        .all();
    }

    /** Whether this person, withdrawn or not, has an account. */
    public Mono<Boolean> hasIdentity(String ci) {
        return db.sql("select exists (select from accounts.users where identity_hash = :hash)")
                .bind("hash", personal.index(IDENTITY, ci))
                .mapValue(Boolean.class)
                .one();
    }

    /** The account with this e-mail address. */
    public Mono<Account> find(EmailAddress email) {
        return find(emailIndex(email));
    }

    /** The account with the e-mail address of this keyed hash. */
    public Mono<Account> find(byte[] emailHash) {
        return db.sql("select * from accounts.users where email_hash = :hash and status <> 'WITHDRAWN'")
                .bind("hash", emailHash)
                .map(this::account)
                .one();
    }

    /** The account with this e-mail address, if it is this person's. */
    public Mono<UUID> find(EmailAddress email, String ci) {
        return db.sql("""
                        select id from accounts.users
                        where email_hash = :email and identity_hash = :identity and status <> 'WITHDRAWN'
                        """)
                .bind("email", emailIndex(email))
                .bind("identity", personal.index(IDENTITY, ci))
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .one();
    }

    /** Notes that the account's owner reads the mail of its address. */
    public Mono<Void> verifyEmail(UUID id) {
        return db.sql("""
                        update accounts.users set email_verified = true, version = version + 1
                        where id = :id and not email_verified and status <> 'WITHDRAWN'
                        """).bind("id", id).then();
    }

    /** The account's version, withdrawn or not; rises with every change. */
    public Mono<Long> version(UUID id) {
        return db.sql("select version from accounts.users where id = :id")
                .bind("id", id)
                .mapValue(Long.class)
                .one();
    }

    /** Keyed hash of an address: the same for one address, tells nothing about it. */
    public byte[] emailIndex(EmailAddress email) {
        return personal.index(EMAIL, email.value());
    }

    /** Sets name and phone; empty when there is no such account. */
    public Mono<Account> updateProfile(UUID id, String name, @Nullable PhoneNumber phone) {
        return db.sql("""
                        update accounts.users set name = :name, phone = :phone, phone_hash = :phoneHash, version = version + 1
                        where id = :id and status <> 'WITHDRAWN' returning *
                        """)
                .bind("id", id)
                .bind("name", name)
                .bind("phone", in(VARBINARY, sealed(id, phone)))
                .bind("phoneHash", in(VARBINARY, phoneIndex(phone)))
                .map(this::account)
                .one();
    }

    /** Notes the login and wakes a dormant account. */
    public Mono<Void> loggedIn(UUID id, Instant at) {
        return db.sql("""
                        update accounts.users
                        set last_login_at = :at, last_active_at = :at, dormancy_told_at = null, status = 'ACTIVE'
                        where id = :id and status <> 'WITHDRAWN'
                        """).bind("id", id).bind("at", at).then();
    }

    /** Changes the role and answers the one before; empty when there is no such account. */
    public Mono<Role> setRole(UUID id, Role role) {
        return db.sql("""
                        with before as (select id, role from accounts.users where id = :id and status <> 'WITHDRAWN' for update)
                        update accounts.users u set role = :role, version = version + 1 from before b where u.id = b.id
                        returning b.role
                        """)
                .bind("id", id)
                .bind("role", role.name())
                .map(row -> Role.valueOf(text(row, "role")))
                .one();
    }

    /** Whether somebody else is an administrator; locks the administrators so that two cannot leave at once. */
    public Mono<Boolean> hasOtherAdmin(UUID id) {
        return db.sql(
                        "select id from accounts.users where role = 'ADMIN' and status <> 'WITHDRAWN' order by id for update")
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .all()
                .any(admin -> !admin.equals(id));
    }

    /**
     * Erases the personal data and closes the account for good. The identity's hash stays, so that a ban cannot be shaken off; ledger
     * rows of other modules know the id only.
     */
    public Mono<Boolean> withdraw(UUID id, Instant at) {
        return db.sql("""
                        update accounts.users
                        set email = null, email_hash = null, phone = null, phone_hash = null, name = '', password_hash = null,
                            email_verified = false, status = 'WITHDRAWN', withdrawn_at = :at, version = version + 1
                        where id = :id and status <> 'WITHDRAWN'
                        """).bind("id", id).bind("at", at).fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private Account account(Readable row) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        byte[] email = row.get(EMAIL, byte[].class);
        byte[] phone = row.get(PHONE, byte[].class);
        return new Account(
                id,
                email == null ? null : new EmailAddress(personal.open(EMAIL, id, email)),
                text(row, "name"),
                phone == null ? null : new PhoneNumber(personal.open(PHONE, id, phone)),
                Role.valueOf(text(row, "role")),
                Account.Status.valueOf(text(row, "status")),
                Boolean.TRUE.equals(row.get("email_verified", Boolean.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("last_login_at", Instant.class));
    }

    private byte @Nullable [] sealed(UUID id, @Nullable PhoneNumber phone) {
        return phone == null ? null : personal.seal(PHONE, id, phone.value());
    }

    private byte @Nullable [] phoneIndex(@Nullable PhoneNumber phone) {
        return phone == null ? null : personal.index(PHONE, phone.value());
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    /**
     * A sign-up.
     *
     * @param ci of a verified identity; only its keyed hash is kept
     */
    public record NewUser(
            UUID id,
            @Nullable EmailAddress email,
            boolean emailVerified,
            String name,
            @Nullable PhoneNumber phone,
            @Nullable String passwordHash,
            @Nullable String termsVersion,
            @Nullable String ci,
            Language language,
            Instant at) {}
}

package io.onsale.local.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** {@code {"admin": {"email", "password"}, ...}}, readable by its owner alone. */
final class CredentialsFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CredentialsFile() {}

    static List<DemoAccount> read(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        return Stream.of(DemoAccount.Role.values())
                .map(role -> new DemoAccount(
                        role,
                        root.path(role.key()).path("email").asText(),
                        root.path(role.key()).path("password").asText()))
                .toList();
    }

    static void write(Path file, List<DemoAccount> accounts) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        accounts.forEach(account -> root.putObject(account.role().key())
                .put("email", account.email())
                .put("password", account.password()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

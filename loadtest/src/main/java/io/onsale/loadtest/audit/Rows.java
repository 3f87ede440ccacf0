package io.onsale.loadtest.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Query results as small maps: enough for checks, which read few columns. */
final class Rows {

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    List<Map<String, Object>> of(String sql, Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (results.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                        Object value = results.getObject(column);
                        if (value != null) {
                            row.put(results.getMetaData().getColumnLabel(column), value);
                        }
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    long number(String sql, Object... arguments) {
        Object value = of(sql, arguments).get(0).values().stream().findFirst().orElse(0L);
        return ((Number) value).longValue();
    }
}

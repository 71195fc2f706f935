package io.multicloudboutique.embeddedpostgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/**
 * A separate program with an embedded database, for tests that kill it. It prints {@code ready}, and each id after the
 * database has acknowledged the insert.
 */
final class OtherProgram {

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[1]));
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.database(),
                database.user(),
                database.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS acknowledged (id bigint PRIMARY KEY)");
        }
        switch (arguments[0]) {
            case "once" -> insertAndClose(connection, database);
            case "insert" -> {
                System.out.println("ready");
                insertForEver(connection);
            }
            case "wait" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> insertAndClose(connection, database)));
                System.out.println("ready");
                new CountDownLatch(1).await();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void insertForEver(Connection connection) throws SQLException {
        for (long id = 1; ; id++) {
            insert(connection, id);
        }
    }

    /** Simulates an orderly shutdown, which still uses the database before it closes its connections. */
    private static void insertAndClose(Connection connection, EmbeddedDatabase database) {
        try (database;
                connection) {
            insert(connection, 1);
        } catch (SQLException e) {
            System.out.println("insert failed: " + e.getMessage());
        }
        System.out.println("closed");
    }

    private static void insert(Connection connection, long id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO acknowledged VALUES (?)")) {
            insert.setLong(1, id);
            insert.executeUpdate();
        }
        System.out.println(id);
    }

    private OtherProgram() {}
}

package io.multicloudboutique.support.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens JDBC connections to the host that accepts writes. Each host has some seconds to answer; afterwards, a statement
 * may take any time. Thread-safe.
 */
final class JdbcConnections extends PGSimpleDataSource {

    private final DatabaseUrl url;

    JdbcConnections(DatabaseUrl url) {
        this.url = url;
    }

    /**
     * The superclass would connect to a URL of 1,500 characters, with all settings of the driver. In such a URL, Flyway
     * looks for passwords for about a fifth of a second at each start of a service.
     */
    @Override
    public Connection getConnection() throws SQLException {
        var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}

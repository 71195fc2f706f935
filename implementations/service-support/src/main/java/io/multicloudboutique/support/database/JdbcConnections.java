package io.multicloudboutique.support.database;

import java.sql.Connection;
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
        setUser(url.user());
        setPassword(url.password());
    }

    /**
     * Returns the URL for each connection. That of the superclass has 1,500 characters, with all settings of the driver. In
     * such a URL, Flyway looks for passwords for about a fifth of a second at each start of a service.
     */
    @Override
    public String getUrl() {
        return url.jdbcUrl();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}

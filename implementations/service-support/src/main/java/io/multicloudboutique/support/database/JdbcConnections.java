package io.multicloudboutique.support.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens JDBC connections to the host that accepts writes. Each host has some seconds to answer; afterwards, a statement
 * may take any time. Thread-safe.
 */
final class JdbcConnections extends PGSimpleDataSource {

    JdbcConnections(DatabaseUrl url) {
        setUrl(url.jdbcUrl());
        setUser(url.user());
        setPassword(url.password());
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}

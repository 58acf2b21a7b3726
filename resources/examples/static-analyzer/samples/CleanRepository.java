package shop.orders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.crypto.Cipher;
import javax.servlet.http.HttpServletRequest;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;

/** Reads orders. Never: "SELECT * FROM orders WHERE id = " + id. */
public class CleanRepository {
    private static final String TABLE = "orders";
    private static final Path ROOT = Path.of("/srv/orders");
    private final SecureRandom random = new SecureRandom();

    public PreparedStatement find(Connection connection, HttpServletRequest request) throws SQLException {
        PreparedStatement query = connection.prepareStatement("SELECT * FROM " + TABLE + " WHERE id = ?");
        query.setInt(1, Integer.parseInt(request.getParameter("id")));
        return query;
    }

    public String read(HttpServletRequest request) throws Exception {
        Path file = ROOT.resolve(request.getParameter("name")).normalize();
        if (!file.startsWith(ROOT)) throw new SecurityException("outside of the folder");
        return Files.readString(file);
    }

    public Cipher cipher() throws Exception {
        return Cipher.getInstance("AES/GCM/NoPadding");
    }

    public byte[] digest(byte[] body) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(body);
    }

    public DocumentBuilderFactory xml() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory;
    }

    public String sessionToken() {
        return Long.toHexString(random.nextLong());
    }

    public Process backup() throws Exception {
        return new ProcessBuilder("tar", "czf", "/backup/orders.tgz", "/srv/orders").start();
    }
}

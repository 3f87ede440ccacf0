package io.onsale.ticketing.tickets.web;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as a drawing: one path of unit squares, so that it stays small and sharp at any size. */
final class QrSvg {

    private static final int QUIET_ZONE = 4;

    private QrSvg() {}

    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * QUIET_ZONE;
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
            <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>
            """.formatted(side, path(code));
    }

    /** Neighbouring dark squares of a row are one rectangle. */
    private static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                while (code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append('M').append(from + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    path.append('h')
                            .append(x - from)
                            .append("v1H")
                            .append(from + QUIET_ZONE)
                            .append('z');
                }
            }
        }
        return path.toString();
    }
}

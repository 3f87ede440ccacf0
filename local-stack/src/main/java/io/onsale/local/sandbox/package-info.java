/**
 * The payment providers played on this machine: PortOne V2 and KakaoPay over their real HTTP protocols, with a human checkout page, a
 * ledger on disk and faults that a program can script. With those who vouch for people, and a catcher of mail.
 */
@NullMarked
package io.onsale.local.sandbox;

import org.jspecify.annotations.NullMarked;

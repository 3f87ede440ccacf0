/** Those who vouch for people: reCAPTCHA, PortOne's identity verification, Kakao, Naver, Google. */
@NullMarked
package io.onsale.ticketing.accounts.provider;

import org.jspecify.annotations.NullMarked;

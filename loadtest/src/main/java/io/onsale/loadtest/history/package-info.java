/** What clients asked and what they were told: the auditor's fourth witness beside the stores and the provider. */
@NullMarked
package io.onsale.loadtest.history;

import org.jspecify.annotations.NullMarked;

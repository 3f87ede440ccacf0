package io.onsale.platform.docs;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * Names schemas after their class and the one it stands in: several controllers have a {@code CreateRequest}, and two
 * schemas of one name would be taken for the same.
 */
final class SchemaNames extends TypeNameResolver {

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        Class<?> outer = type.getEnclosingClass();
        if (outer == null || !type.getName().startsWith("io.onsale.")) {
            return super.nameForClass(type, options);
        }
        String prefix = outer.getSimpleName().replaceAll("(Controller|Requests|Request|Web)$", "");
        String name = type.getSimpleName();
        return name.startsWith(prefix) ? name : prefix + name;
    }
}

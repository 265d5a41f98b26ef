package dev.schemaproof.template;

import freemarker.ext.beans.ClassMemberAccessPolicy;
import freemarker.ext.beans.MemberAccessPolicy;
import freemarker.ext.beans.ZeroArgumentNonVoidMethodPolicy;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.DefaultObjectWrapperConfiguration;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows records by the names of their components, and an empty {@link Optional} as a missing value. */
final class RecordWrapper extends DefaultObjectWrapper {

    RecordWrapper() {
        super(new Settings(), true);
    }

    @Override
    public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
        return super.wrap(value instanceof Optional<?> optional ? optional.orElse(null) : value);
    }

    private static final class Settings extends DefaultObjectWrapperConfiguration {

        Settings() {
            super(Configuration.VERSION_2_3_35);
            setMemberAccessPolicy(new RecordsOnly());
            setRecordZeroArgumentNonVoidMethodPolicy(
                    ZeroArgumentNonVoidMethodPolicy.PROPERTY_ONLY_UNLESS_BEAN_PROPERTY_READ_METHOD);
        }
    }

    /** What a record itself declares, and nothing else: no way leads from a value to its class. */
    private static final class RecordsOnly implements MemberAccessPolicy, ClassMemberAccessPolicy {

        @Override
        public ClassMemberAccessPolicy forClass(Class<?> contextClass) {
            return this;
        }

        @Override
        public boolean isToStringAlwaysExposed() {
            return true;
        }

        @Override
        public boolean isMethodExposed(Method method) {
            return method.getDeclaringClass().isRecord();
        }

        @Override
        public boolean isConstructorExposed(Constructor<?> constructor) {
            return false;
        }

        @Override
        public boolean isFieldExposed(Field field) {
            return false;
        }
    }
}

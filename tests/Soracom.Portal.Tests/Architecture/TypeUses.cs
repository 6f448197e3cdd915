using System.Reflection;
using System.Reflection.Emit;

namespace Soracom.Portal.Tests.Architecture;

/// <summary>Which types an assembly's types use, in signatures, attributes and method bodies, as the compiler wrote them.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(obj: null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Every use of a type by another one; generic arguments count on their own.</summary>
    public static IEnumerable<(Type User, Type Used)> Of(Assembly assembly) =>
        from user in assembly.GetTypes()
        from used in UsedBy(user).SelectMany(Flatten).Distinct()
        where used != user
        select (user, used);

    /// <summary>Every method that a method's body names.</summary>
    public static IEnumerable<(string Caller, MethodBase Called)> CallsOf(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in Methods(type)
        from called in Named(method).OfType<MethodBase>()
        select ($"{type.FullName}.{method.Name}", called);

    private static IEnumerable<Type> UsedBy(Type type)
    {
        IEnumerable<MemberInfo> members = [type, .. type.GetMembers(Declared)];
        return members.SelectMany(member => member.GetCustomAttributesData()).SelectMany(attribute => attribute.ConstructorArguments
                .Select(argument => argument.Value as Type ?? argument.ArgumentType)
                .Prepend(attribute.AttributeType))
            .Concat(type.GetInterfaces())
            .Concat(type.BaseType is { } parent ? [parent] : [])
            .Concat(type.GetFields(Declared).Select(field => field.FieldType))
            .Concat(type.GetProperties(Declared).Select(property => property.PropertyType))
            .Concat(Methods(type).SelectMany(UsedBy));
    }

    private static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    private static IEnumerable<Type> UsedBy(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(method is MethodInfo { ReturnType: var answer } ? [answer] : [])
            .Concat(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [])
            .Concat(Named(method).SelectMany(TypesOf));

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodBase { DeclaringType: { } owner } method => [owner, .. method.IsGenericMethod ? method.GetGenericArguments() : []],
        { DeclaringType: { } owner } => [owner],
        _ => [],
    };

    private static IEnumerable<Type> Flatten(Type type) => type switch
    {
        { HasElementType: true } => Flatten(type.GetElementType()!),
        { IsGenericParameter: true } => [],
        { IsConstructedGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Flatten)],
        _ => [type],
    };

    /// <summary>The members that a method's instructions name.</summary>
    private static IEnumerable<MemberInfo> Named(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } body)
        {
            yield break;
        }

        var ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < body.Length;)
        {
            var code = Codes[body[at] == 0xFE ? BitConverter.ToInt16([body[at + 1], 0xFE]) : body[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(body, at), ofType, ofMethod)!;
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
                _ => 4,
            };
        }
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tracebloc.Architecture.Tests;

/// <summary>Rules for compiled types.</summary>
internal static class TypeRule
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    public static IReadOnlyList<Type> Written(params IEnumerable<Assembly> assemblies) =>
        [.. assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !IsGenerated(type))];

    /// <summary>Sealed or static, unless a subclass is among the types.</summary>
    public static Inspection Closed(IReadOnlyList<Type> types)
    {
        var extended = types.Select(type => Open(type.BaseType)).ToHashSet();
        return Inspection.Of(
            [.. types.Where(type => type.IsClass)],
            type => type.IsSealed || extended.Contains(type) ? [] : [$"{type} is open, and nothing extends it."]);
    }

    /// <summary>
    /// Every method that awaits can be cancelled, except overrides, implementations of foreign interfaces and entry
    /// points.
    /// </summary>
    public static Inspection Cancellable(IReadOnlyList<Type> types) => Inspection.Of(
        [.. types.SelectMany(type => type.GetMethods(Declared)).Where(Awaits)],
        method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken))
            || IsDictated(method)
            ? []
            : [$"{method.DeclaringType}.{method.Name} awaits but takes no CancellationToken."]);

    public static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<') || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || (member.DeclaringType is { } outer && IsGenerated(outer))
        || member is Type { Namespace: { } space } && space.StartsWith("System.", StringComparison.Ordinal);

    private static bool Awaits(MethodInfo method)
    {
        var result = Open(method.ReturnType);
        return !method.IsSpecialName && !IsGenerated(method) && (result == typeof(Task) || result == typeof(Task<>)
            || result == typeof(ValueTask) || result == typeof(ValueTask<>) || result == typeof(IAsyncEnumerable<>));
    }

    private static bool IsDictated(MethodInfo method) =>
        method.Name == "Main" || method.GetBaseDefinition() != method || Foreign(method).Any();

    private static IEnumerable<Type> Foreign(MethodInfo method) =>
        method.DeclaringType is not { IsInterface: false, IsGenericTypeDefinition: false } type
            ? []
            : type.GetInterfaces()
            .Where(contract => contract.Assembly != type.Assembly)
            .Where(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static Type? Open(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;
}

using System.Reflection;
using System.Xml.Linq;

namespace Tracebloc.Architecture.Tests;

/// <summary>The XML documentation that the compiler wrote beside an assembly.</summary>
internal sealed record Documentation(IReadOnlyCollection<string> Ids)
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    public static Documentation Beside(Assembly assembly) => new(
    [
        .. XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Value.Length > 0 || member.Element("inheritdoc") is not null)
            .Select(member => (string?)member.Attribute("name") ?? ""),
    ]);

    public Inspection Inspect(IEnumerable<Type> types) => Inspection.Of(
        [.. types.Where(type => type.IsVisible).SelectMany(PublicMembers).CountBy(id => id)],
        member => Count(member.Key) >= member.Value ? [] : [$"{member.Key} has no documentation."]);

    /// <summary>Ids as the compiler writes them, but without parameters: overloads are counted instead.</summary>
    private int Count(string id) => Ids.Count(documented => documented == id
        || documented.StartsWith(id + "(", StringComparison.Ordinal)
        || documented.StartsWith(id + "``", StringComparison.Ordinal));

    private static IEnumerable<string> PublicMembers(Type type)
    {
        var name = type.FullName?.Replace('+', '.');
        return type.GetMembers(Declared)
            .Where(member => !TypeRule.IsGenerated(member) && !GoesWithoutSaying(member))
            .Select(member => $"{Letter(member)}:{name}.{member.Name.Replace('.', '#')}")
            .Prepend($"T:{name}");
    }

    /// <summary>Accessors, overrides, nested types (visited themselves), what the compiler adds.</summary>
    private static bool GoesWithoutSaying(MemberInfo member) => member switch
    {
        Type => true,
        { DeclaringType: var type } when typeof(Delegate).IsAssignableFrom(type) => true,
        ConstructorInfo constructor => constructor.GetParameters() is [],
        MethodInfo method => (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            || method.GetBaseDefinition() != method,
        PropertyInfo property => property.GetMethod is { } getter && getter.GetBaseDefinition() != getter,
        FieldInfo field => field.IsSpecialName,
        _ => false,
    };

    private static char Letter(MemberInfo member) => member switch
    {
        FieldInfo => 'F',
        PropertyInfo => 'P',
        EventInfo => 'E',
        _ => 'M',
    };
}

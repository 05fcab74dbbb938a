using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>True for a value that a member may have.</summary>
internal delegate bool MemberRule(JsonNode? node);

/// <summary>The rules of members.</summary>
internal static class Member
{
    public static MemberRule Text { get; } = Is(JsonValueKind.String);

    public static MemberRule Number { get; } = Is(JsonValueKind.Number);

    public static MemberRule List { get; } = Is(JsonValueKind.Array);

    public static MemberRule Boolean { get; } =
        node => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    public static MemberRule Base64 { get; } =
        node => Text(node) && System.Buffers.Text.Base64.IsValid(Encoding.ASCII.GetBytes((string)node!));

    public static MemberRule Matching(string pattern) => node => Text(node) && Regex.IsMatch((string)node!, pattern);

    public static MemberRule OneOf(params IReadOnlyList<string> values) =>
        node => Text(node) && values.Contains((string)node!);

    private static MemberRule Is(JsonValueKind kind) => node => node?.GetValueKind() == kind;
}

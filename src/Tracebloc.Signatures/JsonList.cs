using System.Text.Json;

namespace Tracebloc.Signatures;

/// <summary>
/// Lists out of JSON. The generated readers ignore a property's default value, and accept null among elements.
/// </summary>
internal static class JsonList
{
    /// <exception cref="JsonException">One of the elements is null.</exception>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T>? list) where T : class =>
        list is null ? [] : list.Any(element => element is null) ? throw new JsonException() : list;
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tracebloc.Registry;

/// <summary>The platform of a machine, or of an image, in Go's names: <c>linux/arm64</c>.</summary>
public sealed record Platform
{
    /// <summary>The operating system; empty where an image does not say.</summary>
    public string Os { get; init => field = value ?? ""; } = "";

    /// <summary>The processor, as <c>GOARCH</c> names it; empty where an image does not say.</summary>
    public string Architecture { get; init => field = value ?? ""; } = "";

    /// <summary>The processor's version, <c>v7</c>; null for the usual one.</summary>
    public string? Variant { get; init; }

    // As containerd completes a platform without variant (containerd/platforms, database.go and compare.go).
    private decimal? Level => Variant switch
    {
        null or "" => Architecture switch { "arm" => 7, "arm64" => 8, _ => 1 },
        ['v', .. var number] when decimal.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var level) => level,
        _ => null,
    };

    /// <summary>Reads <c>os/architecture</c> or <c>os/architecture/variant</c>, or returns the error.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Platform? platform, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        var isPlatform = parts.Length is 2 or 3 && parts.All(part => part.Length > 0 && part.All(IsInName));
        platform = isPlatform
            ? new() { Os = parts[0], Architecture = parts[1], Variant = parts.ElementAtOrDefault(2) }
            : null;
        error = isPlatform ? null : $"\"{text}\" is not a platform; write it as linux/amd64 or linux/arm/v7";
        return platform is not null;
    }

    /// <summary>True when a machine of this platform runs images of that one, or of its predecessors.</summary>
    public bool Runs(Platform built)
    {
        ArgumentNullException.ThrowIfNull(built);
        if ((built.Os, built.Architecture) != (Os, Architecture))
            return false;
        return Level is { } mine && built.Level is { } needed ? needed <= mine : built.Variant == Variant;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => $"{Os}/{Architecture}" + (string.IsNullOrEmpty(Variant) ? "" : $"/{Variant}");

    private static bool IsInName(char c) =>
        char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-';
}

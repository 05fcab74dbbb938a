namespace Tracebloc.Configuration;

/// <summary>A secret text that no message can hold by accident.</summary>
/// <param name="value">The text.</param>
public sealed class Secret(string value)
{
    /// <summary>The text, for the one place that sends it.</summary>
    public string Reveal() => value;

    /// <summary><c>(secret)</c>.</summary>
    public override string ToString() => "(secret)";
}

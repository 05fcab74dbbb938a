namespace Tracebloc.Ingestor.Settings;

/// <summary>A secret text that no message can hold by accident.</summary>
internal sealed class Secret(string value)
{
    /// <summary>The text, for the one place that sends it.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}

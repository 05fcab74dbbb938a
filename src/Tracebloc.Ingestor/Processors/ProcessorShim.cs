using System.Text;

namespace Tracebloc.Ingestor.Processors;

/// <summary>The Python program around a processor, which is embedded in this one.</summary>
internal static class ProcessorShim
{
    public static string Code { get; } = Read();

    private static string Read()
    {
        const string Name = "shim.py";
        using var stream = typeof(ProcessorShim).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is not embedded");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

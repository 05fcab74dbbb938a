using Tracebloc.Configuration;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The value in a file's content, or null and the reason why there is none.</summary>
internal delegate T? FileParser<out T>(byte[] content, out string? fault) where T : class;

/// <summary>The one place where a file that the configuration names becomes a fault of the configuration.</summary>
internal static class ReferencedFile
{
    /// <exception cref="ConfigurationException">The file cannot be read, or its content not be used.</exception>
    public static T Read<T>(string file, FileParser<T> parse) where T : class =>
        parse(Load(file), out var fault) ?? throw new ConfigurationException($"{file}: {fault}");

    private static byte[] Load(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} {FileFault.Describe(file, unreadable)}", unreadable);
        }
    }
}

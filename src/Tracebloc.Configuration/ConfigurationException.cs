using Tracebloc.Net;

namespace Tracebloc.Configuration;

/// <summary>
/// The configuration, or a file that it names, cannot be used; no retry makes it right. The message holds one line for
/// each thing that is wrong.
/// </summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Everything that is wrong with a configuration file.</summary>
    public ConfigurationException(IReadOnlyList<ConfigurationError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>A file or program that the configuration names cannot be used.</summary>
    /// <param name="message">The file, what is wrong with it, and the remedy.</param>
    /// <param name="innerException">The system's exception, if any.</param>
    public ConfigurationException(string message, Exception? innerException = null)
        : base(Escaped.Text(message), innerException) => Errors = [];

    /// <summary>The errors in the configuration file, by line; empty when it is about another file.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}

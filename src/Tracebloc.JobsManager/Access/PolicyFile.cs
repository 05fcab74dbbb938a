using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Access;

/// <summary>
/// The policy's file, read for each request: the kubelet replaces it when its ConfigMap changes. While the file cannot
/// be used, the last policy that could stays in force.
/// </summary>
internal sealed partial class PolicyFile
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly string _ownNamespace;
    private readonly ILogger _logger;
    private string _text;
    private string? _fault;
    private AccessPolicy _policy;

    private PolicyFile(string path, string ownNamespace, ILogger logger)
    {
        (_path, _ownNamespace, _logger) = (path, ownNamespace, logger);
        var errors = new ConfigurationErrors(path);
        _text = ConfigurationDocument.ReadText(path, errors) ?? "";
        errors.ThrowIfAny();
        var policy = AccessPolicyReader.Read(_text, ownNamespace, errors);
        errors.ThrowIfAny();
        _policy = policy ?? new AccessPolicy([]);
    }

    /// <summary>Reads the policy.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownNamespace">The namespace of entries that name none.</param>
    /// <param name="logger">Receives a line for each change of the file.</param>
    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    public static PolicyFile Open(string path, string ownNamespace, ILogger logger) => new(path, ownNamespace, logger);

    /// <summary>False while the file cannot be used; then an earlier policy is in force.</summary>
    public bool IsCurrent
    {
        get
        {
            lock (_gate) return _fault is null;
        }
    }

    /// <summary>The policy in force.</summary>
    public AccessPolicy Current()
    {
        lock (_gate)
        {
            var errors = new ConfigurationErrors(_path);
            var text = ConfigurationDocument.ReadText(_path, errors);
            if (text is null) Reject(errors);
            else if (text != _text || _fault is not null) Replace(text, errors);
            return _policy;
        }
    }

    private void Replace(string text, ConfigurationErrors errors)
    {
        if (AccessPolicyReader.Read(text, _ownNamespace, errors) is not { } policy)
        {
            Reject(errors);
            return;
        }

        (_text, _fault, _policy) = (text, null, policy);
        LogChanged(_logger, _path, policy.Rules.Count);
    }

    private void Reject(ConfigurationErrors errors)
    {
        var fault = string.Join("; ", errors.InOrder());
        if (fault == _fault) return;
        _fault = fault;
        LogRejected(_logger, fault);
    }

    [LoggerMessage(730, LogLevel.Information, "Policy {Path} was read anew: {Rules} entries")]
    private static partial void LogChanged(ILogger logger, string path, int rules);

    [LoggerMessage(731, LogLevel.Error, "Policy cannot be used, the earlier one stays in force: {Fault}")]
    private static partial void LogRejected(ILogger logger, string fault);
}

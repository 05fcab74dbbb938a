namespace Tracebloc.Net.Files;

/// <summary>The owner of a file.</summary>
/// <param name="User">The numeric user id.</param>
/// <param name="Group">The numeric group id.</param>
/// <param name="Names">The number of hard links.</param>
internal sealed record FileOwner(uint User, uint Group, uint Names);

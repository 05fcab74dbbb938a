namespace Tracebloc.MetadataSync.Kinds;

/// <summary>A fault of a kind, by which it cannot be mirrored.</summary>
/// <param name="Kind">Its place in the list; -1 for the list itself.</param>
/// <param name="Member">The member that has the fault.</param>
/// <param name="Message">The fault and the remedy.</param>
internal readonly record struct KindFault(int Kind, KindMember Member, string Message);

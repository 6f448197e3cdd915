using System.Text.RegularExpressions;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>An action of a handler that has fired, until it is done.</summary>
/// <param name="Number">In the order in which they were planned.</param>
/// <param name="Due">When.</param>
/// <param name="HandlerId">Whose.</param>
/// <param name="Action">As it was when the handler fired.</param>
/// <param name="SimId">The SIM that it is about; null for all of the handler's.</param>
/// <param name="Values">What its texts can name.</param>
/// <param name="Depth">How many handlers have set off each other at one moment.</param>
internal sealed partial record PlannedAction(
    long Number, DateTimeOffset Due, string HandlerId, EventPart Action, string? SimId, Dictionary<string, string> Values, int Depth)
{
    /// <summary>A text of the action with its variables filled in; those that have no value stay as they are.</summary>
    public string Text(string name) => Variable().Replace(Action.Text(name) ?? "", variable => Values.GetValueOrDefault(variable.Groups["name"].Value, variable.Value));

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

/// <summary>What has become of an action.</summary>
/// <param name="Time">When, in Unix milliseconds; no two share one.</param>
/// <param name="HandlerId">Whose.</param>
/// <param name="Action">Its type.</param>
/// <param name="SimId">The SIM that it was done to; null where it was about none.</param>
/// <param name="Outcome"><c>done</c>, <c>unchanged</c>, <c>refused</c>, or <c>noted</c> for a request to somebody outside, which is never sent.</param>
/// <param name="Detail">What was done, or why it was not. Headers and keys are left out.</param>
internal sealed record EventRecord(long Time, string HandlerId, string Action, string? SimId, string Outcome, string Detail);

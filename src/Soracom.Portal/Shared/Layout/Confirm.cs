using Microsoft.Extensions.Localization;
using Radzen;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Shared.Layout;

/// <summary>Asks before something is done that can't be undone.</summary>
/// <param name="dialogs">Shows the question.</param>
/// <param name="words">The texts.</param>
public sealed class Confirm(DialogService dialogs, IStringLocalizer<Strings> words)
{
    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="title">What is to be done.</param>
    /// <param name="question">What will change, and what can't be undone.</param>
    /// <param name="yes">The word that does it.</param>
    /// <param name="danger">Whether it can't be undone.</param>
    /// <returns>True when it is to be done.</returns>
    public async Task<bool> AskAsync(string title, string question, string yes, bool danger = false)
    {
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ConfirmDialog.Question)] = question,
                [nameof(ConfirmDialog.Yes)] = yes,
                [nameof(ConfirmDialog.No)] = words["Cancel"].Value,
                [nameof(ConfirmDialog.Danger)] = danger,
            },
            new DialogOptions { Width = "min(30rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        return answer is true;
    }
}

using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>What can be reached without a mouse.</summary>
internal static class Keyboard
{
    /// <summary>More than the focusable elements of any page that is walked through here.</summary>
    private const int MostTabs = 120;

    /// <summary>Presses Tab until something has the focus.</summary>
    public static async Task TabToAsync(this Visitor visitor, ILocator target)
    {
        await target.WaitForAsync();
        for (var tab = 0; tab < MostTabs; tab++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{MostTabs} times Tab on {visitor.Location} did not reach {target}.");
    }

    /// <summary>Goes to a link or button with Tab and presses Enter.</summary>
    public static async Task PressAsync(this Visitor visitor, ILocator target)
    {
        await visitor.TabToAsync(target);
        await visitor.Page.Keyboard.PressAsync("Enter");
    }
}

"""The official report written again, in the form our own reader reads back."""
